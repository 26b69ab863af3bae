document.body.append('started')
